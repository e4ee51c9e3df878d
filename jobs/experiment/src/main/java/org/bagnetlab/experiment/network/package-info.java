/** The network of a job, trained here or imported, and its input images. */
package org.bagnetlab.experiment.network;
