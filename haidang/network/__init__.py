"""Network: whom the centre may call (`guard`), one proved call over HTTP (`calling`), and who calls it (`remote`).

Holds: proofs of addresses, by the settings HAIDANG_NETWORKS and HAIDANG_PROXIES.
Never: connects to a number that was not proved, decides a right, keeps anything; knows no other room but words.
May call it: every room.
"""
