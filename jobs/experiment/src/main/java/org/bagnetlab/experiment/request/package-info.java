/** Reads JSON requests field by field, and names invalid fields. */
package org.bagnetlab.experiment.request;
