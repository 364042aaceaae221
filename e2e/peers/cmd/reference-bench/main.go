// Command reference-bench runs the reference libraries in one long-lived
// process and tells how long each call took. It reads one JSON object from each
// line of its standard input and answers each with one line: {"result": ...} or
// {"error": {"message": ...}}.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"time"

	"inkan.example/peers/internal/reference"
	"inkan.example/peers/internal/serve"
)

var operations = map[string]func(context.Context, task) (any, error){
	"fill":           fill,
	"signEnvelope":   signEnvelope,
	"verifyEnvelope": verifyEnvelope,
	"sign":           sign,
	"verify":         verify,
	"verifyAll":      verifyAll,
	"loadStore":      loadStore,
}

func main() {
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 1<<20)
	encoder := json.NewEncoder(os.Stdout)
	for lines.Scan() {
		reply := map[string]any{}
		if result, err := run(lines.Bytes()); err != nil {
			reply["error"] = map[string]string{"message": err.Error(), "type": fmt.Sprintf("%T", err)}
		} else {
			reply["result"] = result
		}
		if err := encoder.Encode(reply); err != nil {
			serve.Fail(err)
		}
	}
	if err := lines.Err(); err != nil {
		serve.Fail(err)
	}
}

func run(line []byte) (any, error) {
	var asked task
	if err := json.Unmarshal(line, &asked); err != nil {
		return nil, err
	}
	operation, ok := operations[asked.Op]
	if !ok {
		return nil, fmt.Errorf("unknown operation %q", asked.Op)
	}
	reference.UseConfig(asked.ConfigDir)
	return operation(context.Background(), asked)
}

// timed calls work a number of times and gives the milliseconds of each call.
func timed(times int, work func(i int) error) ([]float64, error) {
	taken := make([]float64, 0, times)
	for i := range times {
		started := time.Now()
		if err := work(i); err != nil {
			return nil, err
		}
		taken = append(taken, float64(time.Since(started).Nanoseconds())/1e6)
	}
	return taken, nil
}
