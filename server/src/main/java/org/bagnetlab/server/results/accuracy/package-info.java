/**
 * Accuracies of networks: next to the published ones, over the receptive field or a parameter of
 * trainings, on scrambled and on other images.
 */
package org.bagnetlab.server.results.accuracy;
