/** Commands that print and write results. */
package org.bagnetlab.server.cli.results;
