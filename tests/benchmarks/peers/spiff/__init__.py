"""SpiffWorkflow runs the BPMN of the road; its state is kept as JSON at every step."""
