"""Whoever sent reports, as data subjects: found by what they are reached by (`reads`), erased (`actions`).

A report stays without whoever sent it: its text was cleaned when it came. Never: decides who may ask (access does).
"""
