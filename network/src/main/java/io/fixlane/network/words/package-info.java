/**
 * Words and formats as networks have them: in come those of a user or of a file, out go those that
 * kernels can compute with, their signs, and words packed without gaps. Nothing here knows what a
 * layer is. {@link io.fixlane.network.words.Formats} is where to start.
 */
package io.fixlane.network.words;
