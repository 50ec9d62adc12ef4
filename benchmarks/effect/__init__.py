"""What a change did, measured: invented changes, and the worked study of 16 October 2017."""
