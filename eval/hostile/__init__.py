"""Files made to do harm, and what becomes of each: ``python -m eval.hostile`` prints the table.

Nothing here is kept as a file: every case is made by code when it is needed (``word_files``, ``pdf_files``,
``image_files``, ``file_names``, ``marked_files``).
"""
