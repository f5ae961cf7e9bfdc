"""The language model that may word an answer: one OpenAI-compatible client, prompts from prompts/."""
