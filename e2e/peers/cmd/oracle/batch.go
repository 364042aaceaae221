package main

import (
	"encoding/json"
	"fmt"
)

// reply is the answer to one question of a batch.
type reply struct {
	Result any      `json:"result"`
	Error  *failure `json:"error,omitempty"`
}

type batchParams struct {
	// Ask is the operation that answers every item.
	Ask   string            `json:"ask"`
	Items []json.RawMessage `json:"items"`
}

// batch asks one operation many times, so that thousands of questions cost one
// line. The configuration directory of the batch is that of every item.
func batch(params batchParams) ([]reply, error) {
	operation, ok := operations[params.Ask]
	if !ok {
		return nil, fmt.Errorf("unknown operation %q", params.Ask)
	}
	replies := make([]reply, len(params.Items))
	for i, item := range params.Items {
		result, err := guarded(operation, item)
		replies[i] = reply{result, describe(err)}
	}
	return replies, nil
}

// guarded answers one item. A panic of the reference is an answer like any other.
func guarded(operation func(json.RawMessage) (any, error), item json.RawMessage) (result any, err error) {
	defer func() {
		if cause := recover(); cause != nil {
			result, err = nil, fmt.Errorf("panic: %v", cause)
		}
	}()
	return operation(item)
}

func init() {
	operations["batch"] = answer(batch)
}
