//go:build vectors

// Package vectors is never built. It pins modules whose test vectors the
// suites read with "go mod download -json".
package vectors

import _ "github.com/c2sp/wycheproof"
