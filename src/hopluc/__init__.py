"""The web application, built on `vanban`: plans, the agencies that carry them out, and the cooperatives they serve."""
