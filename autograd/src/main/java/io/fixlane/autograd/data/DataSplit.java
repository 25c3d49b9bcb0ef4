package io.fixlane.autograd.data;

/**
 * A data set in two parts.
 *
 * @param train the images to train with
 * @param test the images to test with, which training never sees
 */
public record DataSplit(Dataset train, Dataset test) {}
