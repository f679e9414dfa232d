"""The pages on which plans are worked: what is due, each occurrence, its lines."""
