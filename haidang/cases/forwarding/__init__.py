"""Cases that another GeoReport server handles: sent there, and its answers brought back into their history.

What is assigned to the office a desk's Open311 channel names is forwarded; `actions.run` is called by a duty.
Never: sends who a Case is from, a photo, or words the cleaning took out; asks the other server to change anything.
"""
