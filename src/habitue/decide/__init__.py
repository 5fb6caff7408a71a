"""What, if anything, do we say: judgement, for everyone and for one."""
