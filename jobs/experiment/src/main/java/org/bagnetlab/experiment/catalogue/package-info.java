/** The networks, data sets and weights that a request may name. */
package org.bagnetlab.experiment.catalogue;
