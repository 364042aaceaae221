// Command sigstore-tsa is the timestamp authority of Sigstore with a key in
// memory, without the servers for metrics that its own program opens beside it.
// It answers 201, which Notation takes for a failure: "/created" is that, and
// "/" is a proxy before it that answers 200, as authorities mostly do. The chain
// is at "/chain.pem", leaf first.
package main

import (
	"flag"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"os"
	"time"

	tsalog "github.com/sigstore/timestamp-authority/pkg/log"
	tsa "github.com/sigstore/timestamp-authority/pkg/server"
	"github.com/spf13/viper"
	"go.uber.org/zap"
)

const stampPath = "/api/v1/timestamp"

func main() {
	addr := flag.String("addr", "127.0.0.1:0", "address to listen on")
	chain := flag.Bool("chain", true, "whether tokens bring the whole chain, or the leaf alone")
	flag.Parse()

	tsalog.Logger = zap.NewNop().Sugar()
	viper.Set("timestamp-signer", "memory")
	viper.Set("timestamp-signer-hash", "sha256")
	viper.Set("include-chain-in-response", *chain)
	authority := tsa.NewRestAPIServer("127.0.0.1", 0, []string{"http"}, false, time.Minute, time.Minute).GetHandler()

	mux := http.NewServeMux()
	mux.HandleFunc("POST /", func(w http.ResponseWriter, r *http.Request) {
		authority.ServeHTTP(&okWriter{w}, at(r, stampPath))
	})
	mux.HandleFunc("POST /created", func(w http.ResponseWriter, r *http.Request) {
		authority.ServeHTTP(w, at(r, stampPath))
	})
	mux.HandleFunc("GET /chain.pem", func(w http.ResponseWriter, r *http.Request) {
		authority.ServeHTTP(w, at(r, stampPath+"/certchain"))
	})

	listener, err := net.Listen("tcp", *addr)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(listener.Addr())
	// The end of the test closes the input.
	go func() {
		_, _ = io.Copy(io.Discard, os.Stdin)
		os.Exit(0)
	}()
	server := &http.Server{Handler: mux, ReadHeaderTimeout: 10 * time.Second}
	log.Fatal(server.Serve(listener))
}

func at(r *http.Request, path string) *http.Request {
	asked := r.Clone(r.Context())
	asked.URL.Path = path
	asked.RequestURI = path
	return asked
}

// okWriter turns 201 into 200.
type okWriter struct{ http.ResponseWriter }

func (w *okWriter) WriteHeader(status int) {
	if status == http.StatusCreated {
		status = http.StatusOK
	}
	w.ResponseWriter.WriteHeader(status)
}
