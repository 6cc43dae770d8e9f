"""What the pages of the desk are made of: the address as a search, names, lines, points, one Case, its acts.

Never: decides a right (`haidang.cases` asks the gate), writes, holds who sent a Case but on the page of its sender.
"""
