"""What a reader is told of where an answer came from and what became of it, beside the answer."""

from __future__ import annotations

from service.domain import Notice

SAMPLE = Notice("sample-report", "Số liệu lấy từ báo cáo mẫu về một huyện không có thật.")
FALLBACK = Notice("llm-fallback", "Mô hình ngôn ngữ không dùng được nên câu trả lời lấy nguyên văn từ báo cáo.")
UNRECORDED = Notice(
    "not-recorded",
    "Đĩa của máy chủ đã đầy nên câu hỏi và câu trả lời này không được lưu vào cuộc trò chuyện; hãy báo người quản trị.",
)
