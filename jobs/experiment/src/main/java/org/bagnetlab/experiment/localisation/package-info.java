/**
 * Measures whether networks see evidence where it should be, on images whose construction is known.
 */
package org.bagnetlab.experiment.localisation;
