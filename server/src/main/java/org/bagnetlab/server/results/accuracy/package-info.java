/**
 * Accuracies of networks: compared with the published ones, over the receptive field or a parameter
 * of trainings, and on scrambled or other images.
 */
package org.bagnetlab.server.results.accuracy;
