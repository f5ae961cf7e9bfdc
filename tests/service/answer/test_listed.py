"""Enumerations cut into their items. Texts are our own."""

from __future__ import annotations

from service.answer.listed import split_items


def test_an_and_between_commas_is_inside_an_item() -> None:
    assert split_items("thịt và sản phẩm từ thịt, rau, củ và quả") == ("thịt và sản phẩm từ thịt", "rau", "củ", "quả")
    assert split_items("Sở Y tế, Sở Nông nghiệp và Môi trường") == ("Sở Y tế", "Sở Nông nghiệp và Môi trường")
