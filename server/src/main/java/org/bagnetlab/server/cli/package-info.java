/** The command line. */
package org.bagnetlab.server.cli;
