"""Reading a file nobody vouches for, in a process of its own that can do nothing but read it.

- ``limits``: how much time, memory and how many programs each kind of file may take.
- ``reader``: ``Sandbox``, the parent's side: starts the child, hands it the bytes, waits, takes the report.
- ``child``: the process itself. ``confinement``: how it takes its own rights away. ``wire``: what it may answer.

Bytes go in by a pipe and never touch the disk; a report comes back as JSON whose shape is checked.
"""
