package main

import (
	"context"

	"github.com/notaryproject/notation-go/dir"
	"github.com/notaryproject/notation-go/plugin"
	framework "github.com/notaryproject/notation-plugin-framework-go/plugin"
)

type pluginParams struct {
	Name string `json:"name"`
}

// pluginMetadata asks an installed plugin what it is, as the CLI does.
func pluginMetadata(p pluginParams) (*framework.GetMetadataResponse, error) {
	ctx := context.Background()
	installed, err := plugin.NewCLIManager(dir.PluginFS()).Get(ctx, p.Name)
	if err != nil {
		return nil, err
	}
	return installed.GetMetadata(ctx, &framework.GetMetadataRequest{})
}
