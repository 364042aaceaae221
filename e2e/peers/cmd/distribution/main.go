// Command distribution is the CNCF Distribution registry with storage in
// memory. It has no referrers API, so clients fall back to the tag schema.
package main

import (
	"context"
	"flag"
	"os"
	"path/filepath"

	"github.com/distribution/distribution/v3/configuration"
	_ "github.com/distribution/distribution/v3/registry/auth/htpasswd"
	"github.com/distribution/distribution/v3/registry/handlers"
	_ "github.com/distribution/distribution/v3/registry/storage/driver/inmemory"
	"github.com/sirupsen/logrus"
	"golang.org/x/crypto/bcrypt"

	"inkan.example/peers/internal/serve"
)

func main() {
	addr := flag.String("addr", "127.0.0.1:0", "address to listen on")
	user := flag.String("user", "", "user name to ask for; empty lets everybody in")
	password := flag.String("password", "", "password that goes with -user")
	deletes := flag.Bool("delete", false, "allow manifests to be deleted")
	flag.Parse()

	logrus.SetLevel(logrus.FatalLevel)
	config := &configuration.Configuration{
		Version: configuration.CurrentVersion,
		Storage: configuration.Storage{
			"inmemory": configuration.Parameters{},
			"delete":   configuration.Parameters{"enabled": *deletes},
		},
	}
	config.HTTP.Secret = "only for tests"
	config.Catalog.MaxEntries = 1000
	if *user != "" {
		path := writePasswordFile(*user, *password)
		defer os.RemoveAll(filepath.Dir(path))
		config.Auth = configuration.Auth{"htpasswd": configuration.Parameters{
			"realm": "peers",
			"path":  path,
		}}
	}
	serve.Run(*addr, handlers.NewApp(context.Background(), config))
}

// writePasswordFile writes the only kind of file the registry takes
// credentials from, and returns its path.
func writePasswordFile(user, password string) string {
	hash, err := bcrypt.GenerateFromPassword([]byte(password), bcrypt.MinCost)
	if err != nil {
		serve.Fail(err)
	}
	dir, err := os.MkdirTemp("", "peers-distribution-")
	if err != nil {
		serve.Fail(err)
	}
	path := filepath.Join(dir, "htpasswd")
	if err := os.WriteFile(path, []byte(user+":"+string(hash)+"\n"), 0o600); err != nil {
		serve.Fail(err)
	}
	return path
}
