"""Prompts as files with declared variables; ``service.llm.prompts`` loads them strictly."""
