// Command blob-oracle answers questions about signed files with the reference library of the version that
// knows them, which is not the released one: a JSON object a line, as the oracle does.
package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/notaryproject/notation-core-go/signature/cose"
	"github.com/notaryproject/notation-core-go/signature/jws"
	"github.com/notaryproject/notation-go"
	"github.com/notaryproject/notation-go/dir"
	"github.com/notaryproject/notation-go/signer"
	"github.com/notaryproject/notation-go/verifier"
	"github.com/notaryproject/notation-go/verifier/trustpolicy"
)

type question struct {
	Op            string            `json:"op"`
	ConfigDir     string            `json:"configDir"`
	KeyPath       string            `json:"keyPath"`
	CertPath      string            `json:"certPath"`
	Format        string            `json:"format"`
	Blob          []byte            `json:"blob"`
	Signature     []byte            `json:"signature"`
	MediaType     string            `json:"mediaType"`
	PolicyName    string            `json:"policyName"`
	UserMetadata  map[string]string `json:"userMetadata"`
	ExpirySeconds int               `json:"expirySeconds"`
	Document      string            `json:"document"`
}

type failure struct {
	Message string `json:"message"`
	Type    string `json:"type"`
}

func describe(err error) *failure {
	if err == nil {
		return nil
	}
	return &failure{err.Error(), fmt.Sprintf("%T", err)}
}

func (q question) envelopeType() (string, error) {
	switch q.Format {
	case "jws":
		return jws.MediaTypeEnvelope, nil
	case "cose":
		return cose.MediaTypeEnvelope, nil
	}
	return "", fmt.Errorf("format %q", q.Format)
}

// sign gives the envelope over a file.
func (q question) sign() (any, error) {
	mediaType, err := q.envelopeType()
	if err != nil {
		return nil, err
	}
	local, err := signer.NewGenericSignerFromFiles(q.KeyPath, q.CertPath)
	if err != nil {
		return nil, err
	}
	envelope, _, err := notation.SignBlob(context.Background(), local, bytes.NewReader(q.Blob), notation.SignBlobOptions{
		SignerSignOptions: notation.SignerSignOptions{
			SignatureMediaType: mediaType,
			ExpiryDuration:     time.Duration(q.ExpirySeconds) * time.Second,
		},
		ContentMediaType: q.MediaType,
		UserMetadata:     q.UserMetadata,
	})
	return envelope, err
}

type verdict struct {
	Verdict string   `json:"verdict"`
	Error   *failure `json:"error"`
}

// verify verifies a file under the policy of a configuration directory. What the library does under level skip
// is a panic, which is told as such.
func (q question) verify() (result any, err error) {
	defer func() {
		if caught := recover(); caught != nil {
			result, err = verdict{"panicked", describe(fmt.Errorf("panic: %v", caught))}, nil
		}
	}()
	mediaType, err := q.envelopeType()
	if err != nil {
		return nil, err
	}
	dir.UserConfigDir = q.ConfigDir
	blobVerifier, err := verifier.NewBlobVerifierFromConfig()
	if err != nil {
		return verdict{"failed", describe(err)}, nil
	}
	_, _, err = notation.VerifyBlob(context.Background(), blobVerifier, bytes.NewReader(q.Blob), q.Signature, notation.VerifyBlobOptions{
		BlobVerifierVerifyOptions: notation.BlobVerifierVerifyOptions{
			SignatureMediaType: mediaType,
			UserMetadata:       q.UserMetadata,
			TrustPolicyName:    q.PolicyName,
		},
		ContentMediaType: q.MediaType,
	})
	if err != nil {
		return verdict{"failed", describe(err)}, nil
	}
	return verdict{"verified", nil}, nil
}

// validate tells why a policy document is refused, if it is. It is read through a file, as the library always does.
func (q question) validate() (any, error) {
	temp, err := os.MkdirTemp("", "blob-oracle-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(temp)
	if err := os.WriteFile(filepath.Join(temp, dir.PathBlobTrustPolicy), []byte(q.Document), 0o600); err != nil {
		return nil, err
	}
	dir.UserConfigDir = temp
	document, err := trustpolicy.LoadBlobDocument()
	if err == nil {
		err = document.Validate()
	}
	return struct {
		Error *failure `json:"error"`
	}{describe(err)}, nil
}

func (q question) answer() (any, error) {
	switch q.Op {
	case "sign":
		return q.sign()
	case "verify":
		return q.verify()
	case "validatePolicy":
		return q.validate()
	}
	return nil, errors.New("unknown operation " + q.Op)
}

func main() {
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 64<<20)
	answers := json.NewEncoder(os.Stdout)
	for lines.Scan() {
		var q question
		var result any
		err := json.Unmarshal(lines.Bytes(), &q)
		if err == nil {
			result, err = q.answer()
		}
		reply := map[string]any{"result": result}
		if err != nil {
			reply = map[string]any{"error": describe(err)}
		}
		if err := answers.Encode(reply); err != nil {
			os.Exit(1)
		}
	}
}
