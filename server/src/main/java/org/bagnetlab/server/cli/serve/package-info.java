/** Commands that start a server. */
package org.bagnetlab.server.cli.serve;
