"""Pages of the stage 谋: review list, workpapers, talks, progress."""
