package io.fixlane.autograd.train;

/**
 * What an epoch came to.
 *
 * @param epoch its number, from 1
 * @param train the score on the images of training, each as the network was at its step
 * @param test the score on the test images, after the epoch
 */
public record EpochResult(int epoch, Score train, Score test) {}
