"""Claims without a beat: what is measured around each figure, and events of the common kinds."""
