"""Data contracts as other tools read them: the Open Data Contract Standard, version 3.1.

`odcs` says a declared dataset with its sources as a contract (pure, no secret, no address of the province); `imported`
makes pack files of a contract and names what it could not say. Never: lands, writes a file or a row, reaches out.
"""
