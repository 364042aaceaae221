// Command kms-plugin is a plugin that makes signatures with keys in AWS KMS,
// where the id of a key is its ARN. The certificates come from the file that
// the configuration "ca_certs" names, leaf first; the service's address can be
// set with AWS_ENDPOINT_URL_KMS; region and credentials come from the usual
// variables of AWS.
package main

import (
	"context"
	"crypto"
	"crypto/ecdsa"
	"crypto/x509"
	"encoding/asn1"
	"math/big"
	"os"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/kms"
	"github.com/aws/aws-sdk-go-v2/service/kms/types"
	corex509 "github.com/notaryproject/notation-core-go/x509"
	"github.com/notaryproject/notation-plugin-framework-go/plugin"

	"inkan.example/peers/internal/pluginpeer"
)

// maxRaw is how much KMS hashes itself; the emulation of it always hashes.
const maxRaw = 4096

func main() {
	pluginpeer.RunRaw(describe, generate)
}

// connect takes region, credentials and address from the environment.
func connect() *kms.Client {
	options := kms.Options{
		Region: os.Getenv("AWS_REGION"),
		Credentials: aws.CredentialsProviderFunc(func(context.Context) (aws.Credentials, error) {
			return aws.Credentials{
				AccessKeyID:     os.Getenv("AWS_ACCESS_KEY_ID"),
				SecretAccessKey: os.Getenv("AWS_SECRET_ACCESS_KEY"),
				SessionToken:    os.Getenv("AWS_SESSION_TOKEN"),
			}, nil
		}),
	}
	if address := os.Getenv("AWS_ENDPOINT_URL_KMS"); address != "" {
		options.BaseEndpoint = &address
	}
	return kms.New(options)
}

// open asks KMS for the public half of a key.
func open(id string) (*kms.Client, crypto.PublicKey, error) {
	client := connect()
	answer, err := client.GetPublicKey(context.Background(), &kms.GetPublicKeyInput{KeyId: &id})
	if err != nil {
		return nil, nil, pluginpeer.Refuse(plugin.ErrorCodeAccessDenied, "%v", err)
	}
	key, err := x509.ParsePKIXPublicKey(answer.PublicKey)
	return client, key, err
}

func describe(request plugin.DescribeKeyRequest) (any, error) {
	_, key, err := open(request.KeyID)
	if err != nil {
		return nil, err
	}
	spec, err := pluginpeer.SpecOf(key)
	if err != nil {
		return nil, err
	}
	return plugin.DescribeKeyResponse{KeyID: request.KeyID, KeySpec: spec}, nil
}

func generate(request plugin.GenerateSignatureRequest) (any, error) {
	chain, err := corex509.ReadCertificateFile(request.PluginConfig["ca_certs"])
	if err != nil {
		return nil, plugin.NewValidationErrorf("ca_certs: %v", err)
	}
	digest, hash, err := pluginpeer.Digest(request.Hash, request.Payload)
	if err != nil {
		return nil, err
	}
	client, key, err := open(request.KeyID)
	if err != nil {
		return nil, err
	}
	input := &kms.SignInput{
		KeyId:            &request.KeyID,
		Message:          request.Payload,
		MessageType:      types.MessageTypeRaw,
		SigningAlgorithm: algorithmOf(key, hash),
	}
	if len(request.Payload) > maxRaw {
		input.Message, input.MessageType = digest, types.MessageTypeDigest
	}
	answer, err := client.Sign(context.Background(), input)
	if err != nil {
		return nil, pluginpeer.Refuse(plugin.ErrorCodeAccessDenied, "%v", err)
	}
	value, err := toRaw(key, answer.Signature)
	if err != nil {
		return nil, err
	}
	return plugin.GenerateSignatureResponse{
		KeyID:            request.KeyID,
		Signature:        value,
		CertificateChain: pluginpeer.Raw(chain),
	}, nil
}

func algorithmOf(key crypto.PublicKey, hash crypto.Hash) types.SigningAlgorithmSpec {
	name := map[crypto.Hash]string{crypto.SHA256: "SHA_256", crypto.SHA384: "SHA_384", crypto.SHA512: "SHA_512"}[hash]
	if _, isEC := key.(*ecdsa.PublicKey); isEC {
		return types.SigningAlgorithmSpec("ECDSA_" + name)
	}
	return types.SigningAlgorithmSpec("RSASSA_PSS_" + name)
}

// toRaw turns what KMS gives for an elliptic curve into r and s.
func toRaw(key crypto.PublicKey, signature []byte) ([]byte, error) {
	ec, isEC := key.(*ecdsa.PublicKey)
	if !isEC {
		return signature, nil
	}
	var value struct{ R, S *big.Int }
	if _, err := asn1.Unmarshal(signature, &value); err != nil {
		return nil, err
	}
	return pluginpeer.Concat(value.R, value.S, ec.Curve.Params().BitSize), nil
}
