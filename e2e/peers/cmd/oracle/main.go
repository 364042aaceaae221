// Command oracle answers questions with the reference libraries. It reads one
// JSON object from each line of its standard input, runs the operation that
// "op" names, and writes one line: {"result": ...} or {"error": {...}}.
// Lines are answered one after the other, because the libraries keep the
// configuration directory in a global variable.
package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"os"

	"github.com/notaryproject/notation-go/dir"
)

// maxLine bounds one question; the largest hold a whole envelope in base64.
const maxLine = 128 << 20

// operations maps the name of an operation to what answers it.
var operations = map[string]func(json.RawMessage) (any, error){
	"sign":            answer(sign),
	"signWithPlugin":  answer(signWithPlugin),
	"signEnvelope":    answer(signEnvelope),
	"verify":          answer(verify),
	"verifyEnvelope":  answer(verifyEnvelope),
	"inspectEnvelope": answer(inspectEnvelope),
	"listSignatures":  answer(listSignatures),
	"inspectReport":   answer(reportSignatures),
	"validatePolicy":  answer(validatePolicy),
	"selectStatement": answer(selectStatement),
	"parseDN":         answer(parseDN),
	"matchIdentity":   answer(matchIdentity),
	"parseReference":  answer(parseReference),
	"loadKeys":        answer(loadKeys),
	"loadTrustStore":  answer(loadTrustStore),
	"pluginMetadata":  answer(pluginMetadata),
	"judgeToken":      answer(judgeToken),
}

func main() {
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, maxLine)
	out := bufio.NewWriter(os.Stdout)
	encoder := json.NewEncoder(out)
	for lines.Scan() {
		result, err := run(lines.Bytes())
		reply := map[string]any{"result": result}
		if err != nil {
			reply = map[string]any{"error": describe(err)}
		}
		if err := encoder.Encode(reply); err != nil {
			// Nothing is written of what has no JSON, such as a year after 9999.
			if err := encoder.Encode(map[string]any{"error": describe(err)}); err != nil {
				exit(err)
			}
		}
		if err := out.Flush(); err != nil {
			exit(err)
		}
	}
	if err := lines.Err(); err != nil {
		exit(err)
	}
}

// run answers one line. A panic of the reference is an answer like any other.
func run(line []byte) (result any, err error) {
	defer func() {
		if cause := recover(); cause != nil {
			result, err = nil, fmt.Errorf("panic: %v", cause)
		}
	}()
	var question struct {
		Op        string `json:"op"`
		ConfigDir string `json:"configDir"`
	}
	if err := json.Unmarshal(line, &question); err != nil {
		return nil, fmt.Errorf("question is not JSON: %w", err)
	}
	operation, ok := operations[question.Op]
	if !ok {
		return nil, fmt.Errorf("unknown operation %q", question.Op)
	}
	dir.UserConfigDir = question.ConfigDir
	dir.UserLibexecDir = question.ConfigDir
	return operation(line)
}

// answer turns a function over typed parameters into one over JSON.
func answer[P, R any](operation func(P) (R, error)) func(json.RawMessage) (any, error) {
	return func(line json.RawMessage) (any, error) {
		var params P
		if err := json.Unmarshal(line, &params); err != nil {
			return nil, fmt.Errorf("parameters: %w", err)
		}
		return operation(params)
	}
}

// failure is an error as it is told: its text, its Go type, and the types of
// everything it wraps.
type failure struct {
	Message string   `json:"message"`
	Type    string   `json:"type"`
	Wraps   []string `json:"wraps,omitempty"`
}

// describe returns nil for a nil error.
func describe(err error) *failure {
	if err == nil {
		return nil
	}
	told := &failure{Message: err.Error(), Type: fmt.Sprintf("%T", err)}
	for _, wrapped := range unwrapAll(err) {
		told.Wraps = append(told.Wraps, fmt.Sprintf("%T", wrapped))
	}
	return told
}

// unwrapAll lists every error below err, depth first.
func unwrapAll(err error) []error {
	var below []error
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		below = joined.Unwrap()
	} else if next := errors.Unwrap(err); next != nil {
		below = []error{next}
	}
	var all []error
	for _, next := range below {
		all = append(append(all, next), unwrapAll(next)...)
	}
	return all
}

func exit(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}
