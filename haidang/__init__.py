"""Hải Đăng: the open-source Intelligent Operations Centre. The rooms are named in docs/HOUSE.md."""

__version__ = "0.4.0"
