package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"crypto/x509"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"sort"
	"strings"
	"time"

	"github.com/notaryproject/notation-core-go/signature"
	"github.com/notaryproject/notation-go/plugin/proto"
	"github.com/notaryproject/notation-go/registry"
	"github.com/notaryproject/tspclient-go"
	ocispec "github.com/opencontainers/image-spec/specs-go/v1"
)

type inspectReportParams struct {
	target
	Output string `json:"output"`
}

type inspectReport struct {
	Text    string            `json:"text"`
	Skipped map[string]string `json:"skipped"`
}

// branch is a line of the tree and what stands under it.
type branch struct {
	line  string
	under []branch
}

func (b branch) write(out *strings.Builder, lead, mark, below string) {
	fmt.Fprintf(out, "%s%s%s\n", lead, mark, b.line)
	for i, child := range b.under {
		if i == len(b.under)-1 {
			child.write(out, below, "└── ", below+"    ")
		} else {
			child.write(out, below, "├── ", below+"│   ")
		}
	}
}

func pair(name, value string) branch {
	return branch{line: name + ": " + value}
}

// member is a name and a value of a JSON object whose order counts.
type member struct {
	name  string
	value any
}

type object []member

func (o object) MarshalJSON() ([]byte, error) {
	var out bytes.Buffer
	out.WriteByte('{')
	for i, m := range o {
		if i > 0 {
			out.WriteByte(',')
		}
		name, err := json.Marshal(m.name)
		if err != nil {
			return nil, err
		}
		value, err := json.Marshal(m.value)
		if err != nil {
			return nil, err
		}
		out.Write(name)
		out.WriteByte(':')
		out.Write(value)
	}
	out.WriteByte('}')
	return out.Bytes(), nil
}

// told is one signature in both forms.
type told struct {
	json object
	tree branch
}

// reportSignatures tells of all signatures what the command line's inspection
// tells, from what the libraries give.
func reportSignatures(params inspectReportParams) (*inspectReport, error) {
	report := &inspectReport{Skipped: map[string]string{}}
	signatures := []told{}
	artifact, err := params.eachSignature(func(ctx context.Context, repo registry.Repository, manifest ocispec.Descriptor) {
		one, err := tellSignature(ctx, repo, manifest)
		if err != nil {
			report.Skipped[manifest.Digest.String()] = err.Error()
			return
		}
		signatures = append(signatures, *one)
	})
	if err != nil {
		return nil, err
	}
	report.Text, err = writeReport(params, artifact, signatures)
	return report, err
}

func writeReport(params inspectReportParams, artifact ocispec.Descriptor, signatures []told) (string, error) {
	if params.Output == "json" {
		list := []object{}
		for _, one := range signatures {
			list = append(list, one.json)
		}
		var out strings.Builder
		encoder := json.NewEncoder(&out)
		encoder.SetIndent("", "  ")
		err := encoder.Encode(object{{"mediaType", artifact.MediaType}, {"signatures", list}})
		return out.String(), err
	}
	whole := params.Ref[:strings.LastIndexAny(params.Ref, ":@")]
	whole = strings.TrimSuffix(whole, "@sha256") + "@" + artifact.Digest.String()
	if len(signatures) == 0 {
		return whole + " has no associated signature\n", nil
	}
	kind := branch{line: registry.ArtifactTypeNotation}
	for _, one := range signatures {
		kind.under = append(kind.under, one.tree)
	}
	var out strings.Builder
	out.WriteString("Inspecting all signatures for signed artifact\n")
	branch{whole, []branch{kind}}.write(&out, "", "", "")
	return out.String(), nil
}

func tellSignature(ctx context.Context, repo registry.Repository, manifest ocispec.Descriptor) (*told, error) {
	blob, layer, err := repo.FetchSignatureBlob(ctx, manifest)
	if err != nil {
		return nil, err
	}
	envelope, err := signature.ParseEnvelope(layer.MediaType, blob)
	if err != nil {
		return nil, err
	}
	content, err := envelope.Content()
	if err != nil {
		return nil, err
	}
	var payload struct {
		TargetArtifact ocispec.Descriptor `json:"targetArtifact"`
	}
	if err := json.Unmarshal(content.Payload.Content, &payload); err != nil {
		return nil, err
	}
	algorithm, err := proto.EncodeSigningAlgorithm(content.SignerInfo.SignatureAlgorithm)
	if err != nil {
		return nil, err
	}
	signed := payload.TargetArtifact
	metadata := signed.Annotations
	signed.Annotations = nil
	signedJSON, signedTree := tellSigned(content)
	unsignedJSON, unsignedTree := tellUnsigned(&content.SignerInfo)
	chainJSON, chainTree := tellChain(content.SignerInfo.CertificateChain)
	return &told{
		json: object{
			{"digest", manifest.Digest},
			{"signatureAlgorithm", algorithm},
			{"signatureEnvelopeType", layer.MediaType},
			{"signedAttributes", signedJSON},
			{"userDefinedAttributes", metadata},
			{"unsignedAttributes", unsignedJSON},
			{"certificates", chainJSON},
			{"signedArtifact", signed},
		},
		tree: branch{manifest.Digest.String(), []branch{
			pair("signature algorithm", string(algorithm)),
			pair("signature envelope type", layer.MediaType),
			signedTree,
			tellMetadata(metadata),
			unsignedTree,
			chainTree,
			{"signed artifact", []branch{
				pair("media type", signed.MediaType),
				pair("digest", signed.Digest.String()),
				pair("size", fmt.Sprint(signed.Size)),
			}},
		}},
	}, nil
}

func tellSigned(content *signature.EnvelopeContent) (map[string]any, branch) {
	attributes := content.SignerInfo.SignedAttributes
	list := map[string]any{
		"contentType":   content.Payload.ContentType,
		"signingScheme": attributes.SigningScheme,
		"signingTime":   attributes.SigningTime,
	}
	tree := branch{"signed attributes", []branch{
		pair("content type", content.Payload.ContentType),
		pair("signing scheme", string(attributes.SigningScheme)),
		pair("signing time", attributes.SigningTime.Format(time.ANSIC)),
	}}
	if !attributes.Expiry.IsZero() {
		list["expiry"] = attributes.Expiry
		tree.under = append(tree.under, pair("expiry", attributes.Expiry.Format(time.ANSIC)))
	}
	for _, extended := range attributes.ExtendedAttributes {
		list[fmt.Sprint(extended.Key)] = fmt.Sprint(extended.Value)
		tree.under = append(tree.under, pair(fmt.Sprint(extended.Key), fmt.Sprint(extended.Value)))
	}
	return list, tree
}

func tellMetadata(metadata map[string]string) branch {
	tree := branch{line: "user defined attributes"}
	for name, value := range metadata {
		tree.under = append(tree.under, pair(name, value))
	}
	sort.Slice(tree.under, func(i, j int) bool { return tree.under[i].line < tree.under[j].line })
	if len(metadata) == 0 {
		tree.under = []branch{{line: "(empty)"}}
	}
	return tree
}

func tellUnsigned(info *signature.SignerInfo) (map[string]any, branch) {
	list := map[string]any{}
	tree := branch{line: "unsigned attributes"}
	if agent := info.UnsignedAttributes.SigningAgent; agent != "" {
		list["signingAgent"] = agent
		tree.under = append(tree.under, pair("signing agent", agent))
	}
	if info.UnsignedAttributes.TimestampSignature != nil {
		stamp, under := tellTimestamp(info)
		list["timestampSignature"] = stamp
		tree.under = append(tree.under, branch{"timestamp signature", under})
	}
	return list, tree
}

func tellTimestamp(info *signature.SignerInfo) (object, []branch) {
	fault := func(err error) (object, []branch) {
		text := fmt.Sprintf("failed to parse timestamp countersignature: %s", err)
		return object{{"error", text}}, []branch{pair("error", text)}
	}
	token, err := tspclient.ParseSignedToken(info.UnsignedAttributes.TimestampSignature)
	if err != nil {
		return fault(err)
	}
	body, err := token.Info()
	if err != nil {
		return fault(err)
	}
	stamp, err := body.Validate(info.Signature)
	if err != nil {
		return fault(err)
	}
	chainJSON, chainTree := tellChain(token.Certificates)
	return object{{"timestamp", stamp.Format(time.RFC3339Nano)}, {"certificates", chainJSON}},
		[]branch{pair("timestamp", stamp.Format(time.ANSIC)), chainTree}
}

func tellChain(chain []*x509.Certificate) ([]object, branch) {
	var list []object
	tree := branch{line: "certificates"}
	for _, cert := range chain {
		sum := sha256.Sum256(cert.Raw)
		print := hex.EncodeToString(sum[:])
		list = append(list, object{
			{"SHA256Fingerprint", print},
			{"issuedTo", cert.Subject.String()},
			{"issuedBy", cert.Issuer.String()},
			{"expiry", cert.NotAfter},
		})
		tree.under = append(tree.under, branch{"SHA256 fingerprint: " + print, []branch{
			pair("issued to", cert.Subject.String()),
			pair("issued by", cert.Issuer.String()),
			pair("expiry", cert.NotAfter.Format(time.ANSIC)),
		}})
	}
	return list, tree
}
