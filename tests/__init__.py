"""The tests mirror the code; journeys, contract and architecture stand beside."""
