// Package pluginpeer lets small programs speak the plugin contract, and
// misbehave on demand: the configuration "misbehave" names how.
package pluginpeer

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"github.com/notaryproject/notation-plugin-framework-go/plugin"
)

// Handler answers one command; its argument is the request in JSON.
type Handler func(request []byte) (any, error)

// Plugin is a program that speaks the contract.
type Plugin struct {
	Capabilities []plugin.Capability
	Handlers     map[plugin.Command]Handler
}

// outputLimit is what the contract's caller reads at most.
const outputLimit = 64 << 20

// hang is longer than any caller waits.
const hang = 10 * time.Minute

// Name is what the program is called, which is how it is installed.
func Name() string {
	base := strings.TrimSuffix(filepath.Base(os.Args[0]), ".exe")
	return strings.TrimPrefix(base, "notation-")
}

// Refuse is an error of the contract.
func Refuse(code plugin.ErrorCode, format string, values ...any) error {
	return plugin.NewError(code, fmt.Sprintf(format, values...))
}

// On answers a command with a function over its typed request.
func On[Request any](handle func(Request) (any, error)) Handler {
	return func(text []byte) (any, error) {
		var request Request
		if err := json.Unmarshal(text, &request); err != nil {
			return nil, plugin.NewValidationError("request is not JSON: " + err.Error())
		}
		return handle(request)
	}
}

// RunRaw is a plugin that makes signatures and does nothing else.
func RunRaw(
	describe func(plugin.DescribeKeyRequest) (any, error),
	generate func(plugin.GenerateSignatureRequest) (any, error),
) {
	Plugin{
		Capabilities: []plugin.Capability{plugin.CapabilitySignatureGenerator},
		Handlers: map[plugin.Command]Handler{
			plugin.CommandDescribeKey:       On(describe),
			plugin.CommandGenerateSignature: On(generate),
		},
	}.Run()
}

// Run answers the command of the command line and ends the program.
func (p Plugin) Run() {
	if len(os.Args) == 2 && os.Args[1] == "sleep" {
		time.Sleep(hang)
		return
	}
	text, err := io.ReadAll(os.Stdin)
	if err != nil || len(os.Args) < 2 {
		fail(plugin.NewGenericError("usage: notation-<name> <command>, with the request on stdin"))
	}
	var request struct {
		PluginConfig map[string]string `json:"pluginConfig"`
	}
	_ = json.Unmarshal(text, &request)
	command := plugin.Command(os.Args[1])
	if at, how, found := strings.Cut(request.PluginConfig["misbehave"], ":"); found && at == string(command) {
		misbehave(how)
	}
	response, err := p.answer(command, text, request.PluginConfig)
	if err != nil {
		fail(err)
	}
	if err := json.NewEncoder(os.Stdout).Encode(response); err != nil {
		fail(err)
	}
}

func (p Plugin) answer(command plugin.Command, text []byte, config map[string]string) (any, error) {
	if command == plugin.CommandGetMetadata {
		return p.metadata(config), nil
	}
	handle, known := p.Handlers[command]
	if !known {
		return nil, Refuse(plugin.ErrorCodeValidation, "%s is not supported", command)
	}
	return handle(text)
}

// metadata can be bent by the configuration: another name, another version.
func (p Plugin) metadata(config map[string]string) any {
	or := func(key, value string) string {
		if set, found := config[key]; found {
			return set
		}
		return value
	}
	return plugin.GetMetadataResponse{
		Name:                      or("metadata-name", Name()),
		Description:               "A peer of Inkan's tests",
		Version:                   or("metadata-version", "1.2.0"),
		URL:                       "https://inkan.example/peers",
		SupportedContractVersions: []string{or("metadata-contract", plugin.ContractVersion)},
		Capabilities:              p.Capabilities,
	}
}

// misbehave does what no plugin should, and ends the program.
func misbehave(how string) {
	switch how {
	case "flood":
		chunk := bytes.Repeat([]byte{' '}, 1<<20)
		for written := 0; written <= outputLimit; written += len(chunk) {
			if _, err := os.Stdout.Write(chunk); err != nil {
				os.Exit(1)
			}
		}
	case "hang":
		time.Sleep(hang)
	case "fork":
		// The child keeps the output open after the plugin has ended.
		child := exec.Command(os.Args[0], "sleep")
		child.Stdout, child.Stderr = os.Stdout, os.Stderr
		if err := child.Start(); err != nil {
			fail(err)
		}
	case "garbage":
		fmt.Print("this is no answer")
	case "twice":
		fmt.Print(`{"keyId":"a","keyId":"b"}`)
	case "silence":
		os.Exit(3)
	case "words":
		fmt.Fprint(os.Stderr, "something broke")
		os.Exit(1)
	default:
		fail(Refuse(plugin.ErrorCode(strings.ToUpper(how)), "as asked"))
	}
	os.Exit(0)
}

// fail tells of an error as the contract wants it.
func fail(err error) {
	var told *plugin.Error
	if !errors.As(err, &told) {
		told = plugin.NewGenericError(err.Error())
	}
	text, _ := json.Marshal(told)
	_, _ = os.Stderr.Write(text)
	os.Exit(1)
}
