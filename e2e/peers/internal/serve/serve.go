// Package serve runs a peer's HTTP handler the way the tests expect it: on a
// loopback address, which is printed as the first line, for as long as the
// standard input stays open.
package serve

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"time"
)

// Run listens on addr, prints "host:port" and serves handler until the
// standard input ends, so that no peer outlives the test that started it.
func Run(addr string, handler http.Handler) {
	listener, err := net.Listen("tcp", addr)
	if err != nil {
		Fail(err)
	}
	fmt.Println(listener.Addr())
	server := &http.Server{Handler: handler, ReadHeaderTimeout: 10 * time.Second}
	go func() { Fail(server.Serve(listener)) }()
	_, _ = io.Copy(io.Discard, os.Stdin)
}

// Fail prints err and ends the process with status 1.
func Fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}
