/** Integer networks: layers of fixed-point words, run by the kernels, kept in one file. */
package io.fixlane.network;
