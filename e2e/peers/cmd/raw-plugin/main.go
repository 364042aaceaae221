// Command raw-plugin is a plugin that makes signatures with keys in files. The
// id of a key is the path of its files without their ending.
package main

import (
	"github.com/notaryproject/notation-plugin-framework-go/plugin"

	"inkan.example/peers/internal/pluginpeer"
)

func main() {
	pluginpeer.RunRaw(describe, generate)
}

func describe(request plugin.DescribeKeyRequest) (any, error) {
	_, chain, err := pluginpeer.ReadKey(request.KeyID)
	if err != nil {
		return nil, err
	}
	spec, err := pluginpeer.SpecOf(chain[0].PublicKey)
	if err != nil {
		return nil, err
	}
	return plugin.DescribeKeyResponse{KeyID: request.KeyID, KeySpec: spec}, nil
}

func generate(request plugin.GenerateSignatureRequest) (any, error) {
	key, chain, err := pluginpeer.ReadKey(request.KeyID)
	if err != nil {
		return nil, err
	}
	digest, hash, err := pluginpeer.Digest(request.Hash, request.Payload)
	if err != nil {
		return nil, err
	}
	signature, err := pluginpeer.SignDigest(key, digest, hash)
	if err != nil {
		return nil, err
	}
	return plugin.GenerateSignatureResponse{
		KeyID:            request.KeyID,
		Signature:        signature,
		CertificateChain: pluginpeer.Raw(chain),
	}, nil
}
