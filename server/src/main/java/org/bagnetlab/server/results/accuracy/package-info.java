/**
 * Accuracies of networks: next to the published ones, over the receptive field or a parameter of
 * trainings, on scrambled and on other images.
 */
@NullMarked
package org.bagnetlab.server.results.accuracy;

import org.jspecify.annotations.NullMarked;
