/** The experiments that can be requested, each with its parameters, its outputs and its subject. */
package org.bagnetlab.experiment;
