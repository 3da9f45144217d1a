"""The preview: a site that is built again whenever a file is saved, and says on each page what is wrong."""
