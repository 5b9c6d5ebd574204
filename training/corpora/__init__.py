"""One loader a corpus, on Hugging Face `datasets`."""
