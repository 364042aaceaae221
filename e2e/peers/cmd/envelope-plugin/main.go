// Command envelope-plugin is a plugin that behaves as the contract of AWS
// Signer says: whole JWS envelopes of a signing authority, no expiry of the
// caller's, keys that are profiles named by ARN, and verification of its own
// identities and revocations. Keys and chains are <key-folder>/<profile>.key
// and .crt.
package main

import (
	"encoding/json"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/notaryproject/notation-core-go/signature"
	"github.com/notaryproject/notation-core-go/signature/jws"
	"github.com/notaryproject/notation-plugin-framework-go/plugin"

	"inkan.example/peers/internal/pluginpeer"
)

const (
	verificationPlugin = "io.cncf.notary.verificationPlugin"
	minVersion         = "io.cncf.notary.verificationPluginMinVersion"
	profileVersion     = "com.amazonaws.signer.signingProfileVersion"
	signingJob         = "com.amazonaws.signer.signingJob"
	// validity is what the profile gives every signature.
	validity = 30 * 24 * time.Hour
)

var profileARN = regexp.MustCompile(`^arn:aws:signer:[a-z0-9-]+:[0-9]{12}:/signing-profiles/([A-Za-z0-9_]{2,64})$`)

func main() {
	pluginpeer.Plugin{
		Capabilities: []plugin.Capability{
			plugin.CapabilityEnvelopeGenerator,
			plugin.CapabilityTrustedIdentityVerifier,
			plugin.CapabilityRevocationCheckVerifier,
		},
		Handlers: map[plugin.Command]pluginpeer.Handler{
			plugin.CommandGenerateEnvelope: pluginpeer.On(generate),
			plugin.CommandVerifySignature:  pluginpeer.On(verify),
		},
	}.Run()
}

func generate(request plugin.GenerateEnvelopeRequest) (any, error) {
	if request.SignatureEnvelopeType != jws.MediaTypeEnvelope {
		return nil, plugin.NewValidationErrorf("envelope type %q is not supported", request.SignatureEnvelopeType)
	}
	if request.ExpiryDurationInSeconds != 0 {
		return nil, plugin.NewValidationError("expiry is set by the signing profile and cannot be asked for")
	}
	profile := profileARN.FindStringSubmatch(request.KeyID)
	if profile == nil {
		return nil, plugin.NewValidationErrorf("%q is not the ARN of a signing profile", request.KeyID)
	}
	key, chain, err := pluginpeer.ReadKey(filepath.Join(request.PluginConfig["key-folder"], profile[1]))
	if err != nil {
		return nil, err
	}
	signer, err := signature.NewLocalSigner(chain, key)
	if err != nil {
		return nil, err
	}
	envelope, err := sign(request, signer)
	if err != nil {
		return nil, err
	}
	return plugin.GenerateEnvelopeResponse{
		SignatureEnvelope:     envelope,
		SignatureEnvelopeType: request.SignatureEnvelopeType,
		Annotations:           map[string]string{"com.example.peer": "envelope-plugin"},
	}, nil
}

func sign(request plugin.GenerateEnvelopeRequest, signer signature.Signer) ([]byte, error) {
	envelope := jws.NewEnvelope()
	now := time.Now()
	account := strings.TrimSuffix(strings.SplitN(request.KeyID, "/", 2)[0], ":")
	return envelope.Sign(&signature.SignRequest{
		Payload:       signature.Payload{ContentType: request.PayloadType, Content: change(request)},
		Signer:        signer,
		SigningTime:   now,
		Expiry:        now.Add(validity),
		SigningScheme: signature.SigningSchemeX509SigningAuthority,
		SigningAgent:  "envelope-plugin/1.2.0",
		ExtendedSignedAttributes: []signature.Attribute{
			{Key: verificationPlugin, Critical: true, Value: pluginpeer.Name()},
			{Key: minVersion, Critical: true, Value: "1.0.0"},
			{Key: profileVersion, Critical: true, Value: request.KeyID + "/AbCdEfGhIj"},
			{Key: signingJob, Critical: true, Value: account + ":/signing-jobs/0123"},
		},
	})
}

// change bends the payload when the configuration says so.
func change(request plugin.GenerateEnvelopeRequest) []byte {
	how := request.PluginConfig["change-payload"]
	if how == "" {
		return request.Payload
	}
	var payload struct {
		Target map[string]any `json:"targetArtifact"`
	}
	_ = json.Unmarshal(request.Payload, &payload)
	name, value, _ := strings.Cut(how, "=")
	if name == "annotations" {
		payload.Target[name] = map[string]string{"added": value}
	} else {
		payload.Target[name] = value
	}
	content, _ := json.Marshal(payload)
	return content
}

func verify(request plugin.VerifySignatureRequest) (any, error) {
	if slices.Contains(request.TrustPolicy.TrustedIdentities, "*") {
		return nil, plugin.NewValidationError("the identity * is not allowed: name signing profiles")
	}
	version, _ := request.Signature.CriticalAttributes.ExtendedAttributes[profileVersion].(string)
	response := plugin.VerifySignatureResponse{
		VerificationResults: map[plugin.Capability]*plugin.VerificationResult{},
		ProcessedAttributes: []any{profileVersion, signingJob},
	}
	config := request.PluginConfig
	if config["leave-unprocessed"] != "" {
		response.ProcessedAttributes = []any{profileVersion}
	}
	for _, capability := range request.TrustPolicy.SignatureVerification {
		if config["leave-out"] != string(capability) {
			response.VerificationResults[capability] = judge(capability, version, request)
		}
	}
	return response, nil
}

func judge(capability plugin.Capability, version string, request plugin.VerifySignatureRequest) *plugin.VerificationResult {
	if capability == plugin.CapabilityRevocationCheckVerifier {
		if request.PluginConfig["revoked"] != "" {
			return &plugin.VerificationResult{Success: false, Reason: "the signing profile was revoked"}
		}
		return &plugin.VerificationResult{Success: true}
	}
	for _, identity := range request.TrustPolicy.TrustedIdentities {
		if identity == version || strings.HasPrefix(version, identity+"/") {
			return &plugin.VerificationResult{Success: true}
		}
	}
	return &plugin.VerificationResult{Success: false, Reason: "the signing profile is none of the trusted identities"}
}
